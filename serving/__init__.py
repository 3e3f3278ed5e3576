"""What stands between the network and the app when many read it: headers, limits, turns, warm caches.

Pure ASGI, put together by `shared_server.py`; `streamlit run dashboard.py` needs none of it.
"""
